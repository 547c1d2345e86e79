"""The kit the pages are built of: base pages, components, forms, words on a page."""
