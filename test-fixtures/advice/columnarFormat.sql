INSERT OVERWRITE DIRECTORY '{folder}/text' USING csv OPTIONS (header 'true')
SELECT id, id % 1000 AS customer, repeat(CAST(id AS STRING), 8) AS token FROM range(40000);
INSERT OVERWRITE DIRECTORY '{folder}/columns' USING parquet
SELECT id, id % 1000 AS customer, repeat(CAST(id AS STRING), 8) AS token FROM range(40000);
CREATE TEMP VIEW as_text USING csv OPTIONS (path '{folder}/text', header 'true', inferSchema 'true');
CREATE TEMP VIEW as_columns USING parquet OPTIONS (path '{folder}/columns');
---
SELECT sum(customer) FROM as_text
---
SELECT sum(customer) FROM as_columns
---
bytes 10
at FileScan csv
