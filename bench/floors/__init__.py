"""The floor: the same facts from hand-written SQL, joined as strings; no ORM objects, no template engine.

What stands around the rows is the product's own HTML, cut out beforehand (`bench.pages.cut_shells`): the floor sends
about the same bytes for free.
"""
