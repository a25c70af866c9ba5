"""What the worker does for accounts."""

from celery import shared_task

from accounts import courriels


@shared_task
def livrer_courriels() -> None:
    """Empty the outbox; two at once share the work and never send one mail twice."""
    courriels.entrer()
    courriels.livrer()
