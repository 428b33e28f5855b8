-- One row per landed team of the directory, used or not.
{{ directory_documents('genesys_cloud', 'teams', 'dateModified') }}
