"""How fast each adapter maps landed files; one module per source writes them, with `write(folder, rows)`."""
