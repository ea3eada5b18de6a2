"""What the words of a language say whatever the subject: sentences, numbers, dates."""
