"""HTTP: how requests become calls of use cases, and results and errors become the contract's answers."""
