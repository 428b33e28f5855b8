-- One row per landed queue of the directory, used or not.
{{ directory_documents('genesys_cloud', 'queues', 'dateModified') }}
