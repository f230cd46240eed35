"""Write what was seen in the 24 hours before the newest look: an archive that is not looked at is not written anew."""

from revtrack.archive.values import Order
from revtrack.rendering.fronts import ChangesPage, changes_page
from revtrack.site.addresses import SiteLinks, list_file, numbered_file
from revtrack.site.files import put, remove
from revtrack.site.gathering import changes_of, lines_of, nothing_told, unread_told
from revtrack.site.lists import PAGE, Lists, batches, kinds_row, numbered


def write_last_day(lists: Lists) -> int:
    """Write the list by weight, in pages; return how many files were written."""
    listing = lists.last_day
    if listing is None:
        return 0
    total, first = lists.size(listing), list_file(listing.folder)
    files = [numbered_file(first, page + 1) for page in range(max(1, -(-total // PAGE)))]
    entries = changes_of(lists.archive, listing.selection, order=Order.WEIGHT)
    reach = lists.archive.reach(listing.selection)
    written = 0
    for file, batch in zip(files, batches(entries, PAGE, at_least=1), strict=True):
        page = ChangesPage(
            title=listing.title,
            told=f"{listing.told} The weightiest first.",
            lines=lines_of(batch, lists.titles),
            total=total,
            choices=(kinds_row(lists, listing, file, {listing.folder: total}),),
            pages=numbered(files, file),
            nothing=nothing_told(listing.selection, reach),
            unread=unread_told(reach),
        )
        written += put(lists.folder, file, changes_page(page, SiteLinks(file)))
    gone = len(files) + 1
    while remove(lists.folder, numbered_file(first, gone)):
        gone += 1
    return written
