"""Which mentions could be a side of an act, what speaks for each, and which two are chosen.

The rules of roles.py say where a frame wants its sides; here every acting mention of the sentence, and the few outside
it that the sentence may mean (its topic, the speaker of the quote around it, whom the headline is about), is described
by its place around the trigger (view.py) and by what other acts of the article tell of it (standing.py), and a trained
model chooses among them (chooser.py).
"""

from __future__ import annotations

from waqai.coding.parties.candidates import parties
from waqai.coding.parties.chooser import SideChooser, given_features, nobody_features
from waqai.coding.parties.standing import Standing

__all__ = ["SideChooser", "Standing", "given_features", "nobody_features", "parties"]
