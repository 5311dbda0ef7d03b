"""What Vitaal does when nobody waits for it: post, digests and upkeep, with Celery."""
