SELECT 1 + 1 AS two, concat('a', 'b') AS ab
