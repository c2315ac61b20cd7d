"""DynamoDB: records, and the store that writes all changes of a use case in one transaction."""
