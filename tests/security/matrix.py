"""Who gets what at every address: written by hand from the design, imports nothing of ours.

A row is ``{name of the address: {method: {outcome: who}}}``. ``who`` names askers, separated by blanks; ``asker/here``
means only what belongs to the county and below, ``asker/there`` only what belongs to the city. ``else`` names the
outcome of everybody who is not listed. A method that a row does not list is spoken by nobody: whoever gets through by
another method reads 405, all others 405 or any refusal. PUT, PATCH and DELETE are 405 for everybody.

Outcomes: ``ok`` a page or a file · ``redirect`` on to another page · ``done`` a form was taken and something written ·
``told`` kindly refused, nothing written · ``login`` to the door · ``hidden`` 404 · ``refused`` 403 · ``method`` 405.
"""

from tests.security.rows import (
    cases,
    elections,
    house,
    investigation,
    letters,
    meetings,
    notices,
    organizations,
    papers,
    telling,
    told,
)

AREAS = (house, organizations, cases, elections, investigation, letters, meetings, notices, papers, telling, told)
MATRIX = {name: row for area in AREAS for name, row in area.ROWS.items()}
