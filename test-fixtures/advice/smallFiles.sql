INSERT OVERWRITE DIRECTORY '{folder}/whole' USING parquet SELECT id, id * 2 AS twice FROM range(6400);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=1' USING parquet SELECT id, id * 2 AS twice FROM range(160, 320);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=2' USING parquet SELECT id, id * 2 AS twice FROM range(320, 480);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=3' USING parquet SELECT id, id * 2 AS twice FROM range(480, 640);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=4' USING parquet SELECT id, id * 2 AS twice FROM range(640, 800);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=5' USING parquet SELECT id, id * 2 AS twice FROM range(800, 960);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=6' USING parquet SELECT id, id * 2 AS twice FROM range(960, 1120);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=7' USING parquet SELECT id, id * 2 AS twice FROM range(1120, 1280);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=8' USING parquet SELECT id, id * 2 AS twice FROM range(1280, 1440);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=9' USING parquet SELECT id, id * 2 AS twice FROM range(1440, 1600);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=10' USING parquet SELECT id, id * 2 AS twice FROM range(1600, 1760);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=11' USING parquet SELECT id, id * 2 AS twice FROM range(1760, 1920);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=12' USING parquet SELECT id, id * 2 AS twice FROM range(1920, 2080);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=13' USING parquet SELECT id, id * 2 AS twice FROM range(2080, 2240);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=14' USING parquet SELECT id, id * 2 AS twice FROM range(2240, 2400);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=15' USING parquet SELECT id, id * 2 AS twice FROM range(2400, 2560);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=16' USING parquet SELECT id, id * 2 AS twice FROM range(2560, 2720);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=17' USING parquet SELECT id, id * 2 AS twice FROM range(2720, 2880);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=18' USING parquet SELECT id, id * 2 AS twice FROM range(2880, 3040);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=19' USING parquet SELECT id, id * 2 AS twice FROM range(3040, 3200);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=20' USING parquet SELECT id, id * 2 AS twice FROM range(3200, 3360);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=21' USING parquet SELECT id, id * 2 AS twice FROM range(3360, 3520);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=22' USING parquet SELECT id, id * 2 AS twice FROM range(3520, 3680);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=23' USING parquet SELECT id, id * 2 AS twice FROM range(3680, 3840);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=24' USING parquet SELECT id, id * 2 AS twice FROM range(3840, 4000);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=25' USING parquet SELECT id, id * 2 AS twice FROM range(4000, 4160);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=26' USING parquet SELECT id, id * 2 AS twice FROM range(4160, 4320);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=27' USING parquet SELECT id, id * 2 AS twice FROM range(4320, 4480);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=28' USING parquet SELECT id, id * 2 AS twice FROM range(4480, 4640);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=29' USING parquet SELECT id, id * 2 AS twice FROM range(4640, 4800);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=30' USING parquet SELECT id, id * 2 AS twice FROM range(4800, 4960);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=31' USING parquet SELECT id, id * 2 AS twice FROM range(4960, 5120);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=32' USING parquet SELECT id, id * 2 AS twice FROM range(5120, 5280);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=33' USING parquet SELECT id, id * 2 AS twice FROM range(5280, 5440);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=34' USING parquet SELECT id, id * 2 AS twice FROM range(5440, 5600);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=35' USING parquet SELECT id, id * 2 AS twice FROM range(5600, 5760);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=36' USING parquet SELECT id, id * 2 AS twice FROM range(5760, 5920);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=37' USING parquet SELECT id, id * 2 AS twice FROM range(5920, 6080);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=38' USING parquet SELECT id, id * 2 AS twice FROM range(6080, 6240);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=39' USING parquet SELECT id, id * 2 AS twice FROM range(6240, 6400);
INSERT OVERWRITE DIRECTORY '{folder}/parts/p=40' USING parquet SELECT id, id * 2 AS twice FROM range(6400, 6560);
CREATE TEMP VIEW parts USING parquet OPTIONS (path '{folder}/parts');
CREATE TEMP VIEW whole USING parquet OPTIONS (path '{folder}/whole');
---
SELECT sum(twice) FROM parts
---
SELECT sum(twice) FROM whole
---
files 40
at FileScan parquet
