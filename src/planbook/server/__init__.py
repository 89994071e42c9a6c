"""The loopback service for WPS, the page and Excel's clicks: HTTP in, intention run, result out."""
