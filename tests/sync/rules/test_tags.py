"""Tags have no life of their own on the server: what is made and renamed here is known there by its name."""

from tests.histories.inline_server import InlineServer
from tests.histories.world import MONDAY
from tests.sync.rules.place import HOUR, Place

from tabkeeper.model.entry import Draft


def tags_offered(place: Place) -> dict[str, str | None]:
    return {tag.name: tag.remote_id for tag in place.tracker.catalogue().tags.values() if not tag.archived}


async def test_a_tag_has_the_servers_id_wherever_it_was_made_and_also_once_it_is_renamed(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.tracker.add(Draft("first", tags=("call",)), MONDAY - HOUR, MONDAY)
    [tag] = desk.tracker.catalogue().tags.values()
    for place in (desk, desk, laptop):
        await place.sync()
    assert tags_offered(desk) == tags_offered(laptop) == dict(server.raw.execute("SELECT name, id FROM tags"))
    desk.tracker.names.rename_tag(tag.id, "talk")
    for place in (desk, desk, laptop):
        await place.sync()
    ids = dict(server.raw.execute("SELECT name, id FROM tags"))
    assert tags_offered(desk) == {"talk": ids["talk"]}
    desk.tracker.add(Draft("second", tags=("call",)), MONDAY - 3 * HOUR, MONDAY - 2 * HOUR)
    await desk.sync()
    assert {tag.name: tag.remote_id for tag in desk.tracker.catalogue().tags.values()} == ids
