// Nothing to compile yet.
