"""The retriever as other libraries want it; each module needs the extra that it is named for."""
