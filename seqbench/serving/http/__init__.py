"""Kept models behind a port: a JSON interface and a page, on starlette and uvicorn (extra `serve`)."""
