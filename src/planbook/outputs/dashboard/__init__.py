"""The dashboard (看板): one JSON value, a view that draws it in any page, and the one file that holds both."""
