"""The words of an article taken apart; `analyser` has the steps in order, each of the other modules is one step."""
