"""The index in Milvus: one database, written by many machines and read by many servers."""
