-- One row per landed user of the directory, used or not.
{{ directory_documents('genesys_cloud', 'user_directory', 'version') }}
