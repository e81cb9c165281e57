"""What is answered, as a connector wants to see it."""

from __future__ import annotations

from cortafuegos.channels.contract import Target
from cortafuegos.inbox.models import Message


def target_of(message: Message) -> Target:
    """A stored message as a connector wants to see it."""
    root = (
        Message.objects.filter(
            brand_id=message.brand_id,
            conversation_id=message.conversation_id,
            network=message.network,
            network_id=message.conversation.key,
        )
        .values_list("ref", flat=True)
        .first()
    )
    return Target(
        network_id=message.network_id,
        author_id=message.identity.network_id,
        author_handle=message.identity.handle,
        conversation=message.conversation.key,
        url=message.url,
        public=message.public,
        subject=message.subject,
        ref=message.ref,
        root_ref=root or message.ref,
    )
