"""From words to acts; `coder` has the steps in order, each of the other modules is one step."""
