-- One row per landed wrap-up code of the directory, used or not.
{{ directory_documents('genesys_cloud', 'wrapup_codes', 'dateModified') }}
