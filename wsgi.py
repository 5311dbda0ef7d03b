"""For any WSGI server: `gunicorn wsgi:app`."""

from vitaal.app import create_app

app = create_app()
