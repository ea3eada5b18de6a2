"""A headless Chromium with the network off, for the tests of the HTML map."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

BROWSER = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")

browser_test = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(BROWSER is None, reason="needs chromium (Debian: apt install chromium)"),
    pytest.mark.skipif(DRIVER is None, reason="needs chromedriver (Debian: apt install chromium-driver)"),
]

_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)


@dataclass(kw_only=True)
class Page:
    """An open page and its driver."""

    driver: Any
    folder: Path

    def open(self, html: str, *, fragment: str = "", name: str = "page.html") -> float:
        """Load a page and wait until it says that it is ready; returns its own count of milliseconds."""
        path = self.folder / name
        path.write_text(html, "utf-8")
        self.driver.get("about:blank")
        self.driver.get(path.as_uri() + fragment)
        return self.wait_ready()

    def wait_ready(self, seconds: float = 30) -> float:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            ready = self.run("return document.documentElement.dataset.ready")
            if ready:
                return float(ready)
            time.sleep(0.03)
        raise AssertionError(f"the page did not get ready; console: {self.console()}")

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, script: str, seconds: float = 8) -> Any:
        """Wait until a script returns something true."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            value = self.run(script)
            if value:
                return value
            time.sleep(0.03)
        raise AssertionError(f"never true: {script}")

    def size(self, width: int, height: int, *, mobile: bool = False, scale: float = 1) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def picture(self) -> Any:
        """The window as an array of height x width x 3 bytes."""
        import io

        import numpy as np
        from PIL import Image

        image = Image.open(io.BytesIO(self.driver.get_screenshot_as_png())).convert("RGB")
        return np.asarray(image)

    def console(self) -> list[str]:
        """What the console said at level warning or worse, since last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] != "INFO"]

    def requests(self) -> list[str]:
        """Addresses asked for since last asked, other than the page itself and what it holds."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return [url for url in found if not url.startswith(("data:", "blob:", "file:", "about:", "chrome:"))]


@contextmanager
def open_browser(folder: Path, width: int = 1280, height: int = 800) -> Iterator[Page]:
    """A browser without a network, closed at the end."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for argument in (*_ARGUMENTS, f"--window-size={width},{height}", f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    try:
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
        page = Page(driver=driver, folder=folder)
        page.size(width, height)
        yield page
    finally:
        driver.quit()
