"""Reports as they come: text, pages, feeds and tables, read into `geo.model.Report`."""
