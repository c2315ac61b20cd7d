"""The fonts of documents: which there are (`sources`), and how they are cut from their packages (`build`)."""
