# Joins of all kinds, with USING, NATURAL and nulls; numbers that are none as keys; columns of sets of two types.
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a JOIN b ON a.k = b.k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a JOIN b ON false ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT k FROM a JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a JOIN b USING (k) JOIN c USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a JOIN b USING (k, p)
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a INNER JOIN b ON a.k = b.k AND a.p > 'w' ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a INNER JOIN b ON a.k IN (1, b.k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT a.*, b.* FROM a INNER JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT a.p, b.r, c.s FROM a INNER JOIN b ON a.k = b.k LEFT JOIN c ON c.k = coalesce(a.k, b.k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a LEFT JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a LEFT JOIN b ON NULL ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT a.k, p FROM a LEFT JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT k, a.k, b.k FROM a LEFT JOIN b USING (k) WHERE k IS NOT NULL ORDER BY a.k, b.k
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * EXCEPT (k) FROM a LEFT JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a LEFT OUTER JOIN b ON a.k = b.k OR a.p IS NULL ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a LEFT OUTER JOIN b ON a.k BETWEEN b.k - 1 AND b.k + 1 ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT k, count(*) FROM a LEFT OUTER JOIN b USING (k) GROUP BY k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT count(*), count(a.k), sum(a.k) FROM a LEFT OUTER JOIN b ON a.k = b.k
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a RIGHT JOIN b ON a.k <=> b.k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a RIGHT JOIN b ON a.k + 1 = b.k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT b.k, b.r FROM a RIGHT JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a RIGHT JOIN (SELECT k AS kk FROM b) ON k = kk ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a FULL JOIN b ON a.k = b.k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a FULL JOIN b ON false ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT k FROM a FULL JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a FULL JOIN b USING (k) FULL JOIN c USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * EXCEPT (k) FROM a FULL JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a FULL OUTER JOIN b ON a.k = b.k OR a.p IS NULL ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a FULL OUTER JOIN b ON a.k BETWEEN b.k - 1 AND b.k + 1 ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT k, count(*) FROM a FULL OUTER JOIN b USING (k) GROUP BY k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a FULL OUTER JOIN b USING (nope)
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a LEFT SEMI JOIN b ON a.k < b.k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a LEFT SEMI JOIN b ON CAST(a.k AS STRING) = CAST(b.k AS STRING) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT a.*, b.* FROM a LEFT SEMI JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT count(*), count(a.k), sum(a.k) FROM a LEFT SEMI JOIN b ON a.k = b.k
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a SEMI JOIN b ON a.k <=> b.k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a SEMI JOIN b ON a.k + 1 = b.k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT b.k, b.r FROM a SEMI JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT a.p, b.r, c.s FROM a SEMI JOIN b ON a.k = b.k LEFT JOIN c ON c.k = coalesce(a.k, b.k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a LEFT ANTI JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a LEFT ANTI JOIN b ON NULL ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT a.k, p FROM a LEFT ANTI JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a LEFT ANTI JOIN (SELECT k AS kk FROM b) ON k = kk ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a ANTI JOIN b ON a.k = b.k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a ANTI JOIN b ON false ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT k FROM a ANTI JOIN b USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT k, a.k, b.k FROM a ANTI JOIN b USING (k) WHERE k IS NOT NULL ORDER BY a.k, b.k
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT b.* FROM a ANTI JOIN b USING(k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a CROSS JOIN b ON a.k = b.k AND b.r IS NOT NULL ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a CROSS JOIN b  ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a CROSS JOIN b USING (k) CROSS JOIN c USING (k) ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a CROSS JOIN b USING (k, p)
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a x JOIN a y ON x.k = y.k ORDER BY ALL
WITH a AS (SELECT * FROM (VALUES (1,'x'),(2,NULL),(NULL,'y'),(3,'z'),(3,'zz')) a(k,p)), b AS (SELECT * FROM (VALUES (1,'m'),(NULL,'n'),(3,NULL),(4,'o')) b(k,r)), c AS (SELECT * FROM (VALUES (1L,'c1'),(3L,'c3'),(9L,'c9')) c(k,s)) SELECT * FROM a CROSS JOIN b CROSS JOIN c WHERE a.k = c.k ORDER BY ALL
SELECT * FROM (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) a(x) LEFT JOIN (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) b(y) ON a.x = b.y ORDER BY ALL
SELECT * FROM (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) a(x) FULL JOIN (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) b(y) ON a.x <> b.y ORDER BY ALL
SELECT * FROM (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) a(x) LEFT ANTI JOIN (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) b(y) ON a.x < b.y ORDER BY ALL
SELECT * FROM (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) a(x) LEFT JOIN (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) b(y) ON a.x <=> b.y ORDER BY ALL
SELECT * FROM (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) a(x) LEFT SEMI JOIN (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) b(y) ON a.x = b.y ORDER BY ALL
SELECT * FROM (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) a(x) LEFT ANTI JOIN (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) b(y) ON a.x <> b.y ORDER BY ALL
SELECT x, rank() OVER (ORDER BY x), dense_rank() OVER (ORDER BY x DESC) FROM (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) a(x) ORDER BY ALL
SELECT * FROM (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) a(x) JOIN (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) b(y) ON a.x < b.y ORDER BY ALL
SELECT * FROM (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) a(x) FULL JOIN (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) b(y) ON a.x <=> b.y ORDER BY ALL
SELECT * FROM (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) a(x) LEFT ANTI JOIN (VALUES (1D),(CAST('NaN' AS DOUBLE)),(0.0D),(-0.0D),(NULL),(CAST('Infinity' AS DOUBLE))) b(y) ON a.x = b.y ORDER BY ALL
SELECT * FROM (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) a(x) JOIN (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) b(y) ON a.x <> b.y ORDER BY ALL
SELECT * FROM (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) a(x) FULL JOIN (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) b(y) ON a.x < b.y ORDER BY ALL
SELECT * FROM (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) a(x) LEFT ANTI JOIN (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) b(y) ON a.x <=> b.y ORDER BY ALL
SELECT array(x), count(*) FROM (VALUES (1F),(CAST('NaN' AS FLOAT)),(0.0F),(-0.0F),(NULL),(CAST('Infinity' AS FLOAT))) a(x) GROUP BY array(x) ORDER BY 1
SELECT array(1, 1L)
SELECT 1 AS v UNION ALL SELECT 'a'
SELECT 1 = NULL
SELECT 1 AS v UNION ALL SELECT 1Y
SELECT 1 AS v UNION ALL SELECT array(1)
SELECT CASE WHEN true THEN 1 ELSE array(NULL) END AS c
SELECT 1 AS v UNION ALL SELECT map(1,2)
SELECT coalesce(1, INTERVAL 1 DAY)
SELECT 1L AS v UNION ALL SELECT 1.5D
SELECT array(1L, '1')
SELECT 1L AS v UNION ALL SELECT TIMESTAMP'2024-01-01 01:02:03'
SELECT CASE WHEN true THEN 1L ELSE 2S END AS c
SELECT 1L AS v UNION ALL SELECT array(1L)
SELECT 1L IN (struct(1 AS a))
SELECT 1L AS v UNION ALL SELECT map('a', 2L)
SELECT array(1L, INTERVAL '1' YEAR)
SELECT 1.5 AS v UNION ALL SELECT 'a'
SELECT coalesce(1.5, NULL)
SELECT 1.5 AS v UNION ALL SELECT 1Y
SELECT coalesce(1.5, CAST(1 AS DECIMAL(38,38)))
SELECT 1.5 AS v UNION ALL SELECT array(NULL)
SELECT coalesce(1.5, named_struct('a', 1.5))
SELECT 1.5 AS v UNION ALL SELECT INTERVAL 1 DAY
SELECT 1.5D IN (1.5F)
SELECT 1.5D AS v UNION ALL SELECT NULL
SELECT coalesce(1.5D, TIMESTAMP_NTZ'2024-01-01 01:02:03')
SELECT 1.5D AS v UNION ALL SELECT CAST(1 AS DECIMAL(38,38))
SELECT 1.5D AS v UNION ALL SELECT array(NULL)
SELECT 1.5D = named_struct('a', 1.5)
SELECT 1.5D AS v UNION ALL SELECT INTERVAL 1 DAY
SELECT coalesce(1.5F, 'a')
SELECT 1.5F AS v UNION ALL SELECT DATE'2024-01-01'
SELECT greatest(1.5F, 1Y)
SELECT 1.5F AS v UNION ALL SELECT array(1)
SELECT coalesce(1.5F, array(NULL))
SELECT 1.5F AS v UNION ALL SELECT map(1,2)
SELECT array(1.5F, INTERVAL 1 DAY)
SELECT 'a' AS v UNION ALL SELECT true
SELECT 'a' = TIMESTAMP'2024-01-01 01:02:03'
SELECT 'a' AS v UNION ALL SELECT CAST(1 AS DECIMAL(38,0))
SELECT coalesce('a', array(1L))
SELECT 'a' AS v UNION ALL SELECT struct(1L AS b)
SELECT greatest('a', map('a', 2L))
SELECT 'a' AS v UNION ALL SELECT INTERVAL '1' HOUR
SELECT greatest('1', DATE'2024-01-01')
SELECT '1' AS v UNION ALL SELECT 2S
SELECT array('1', array(1))
SELECT '1' AS v UNION ALL SELECT struct(1 AS a)
SELECT CASE WHEN true THEN '1' ELSE map(1,2) END AS c
SELECT '1' AS v UNION ALL SELECT INTERVAL '1' YEAR
SELECT array(true, DATE'2024-01-01')
SELECT true AS v UNION ALL SELECT 2S
SELECT true = array(1)
SELECT true AS v UNION ALL SELECT struct(1 AS a)
SELECT CASE WHEN true THEN true ELSE map(1,2) END AS c
SELECT true AS v UNION ALL SELECT INTERVAL '1' YEAR
SELECT NULL = TIMESTAMP'2024-01-01 01:02:03'
SELECT NULL AS v UNION ALL SELECT CAST(1 AS DECIMAL(38,0))
SELECT array(NULL, array(1L))
SELECT NULL AS v UNION ALL SELECT struct(1L AS b)
SELECT NULL AS v UNION ALL SELECT X'41'
SELECT CASE WHEN true THEN NULL ELSE INTERVAL '1' HOUR END AS c
SELECT DATE'2024-01-01' AS v UNION ALL SELECT 2S
SELECT DATE'2024-01-01' = array(1)
SELECT DATE'2024-01-01' AS v UNION ALL SELECT struct(1 AS a)
SELECT greatest(DATE'2024-01-01', map(1,2))
SELECT DATE'2024-01-01' AS v UNION ALL SELECT INTERVAL '1' YEAR
SELECT TIMESTAMP'2024-01-01 01:02:03' = 1Y
SELECT TIMESTAMP'2024-01-01 01:02:03' AS v UNION ALL SELECT array(1)
SELECT coalesce(TIMESTAMP'2024-01-01 01:02:03', array(NULL))
SELECT TIMESTAMP'2024-01-01 01:02:03' AS v UNION ALL SELECT map(1,2)
SELECT coalesce(TIMESTAMP'2024-01-01 01:02:03', INTERVAL 1 DAY)
SELECT TIMESTAMP_NTZ'2024-01-01 01:02:03' AS v UNION ALL SELECT 2S
SELECT coalesce(TIMESTAMP_NTZ'2024-01-01 01:02:03', array(1))
SELECT TIMESTAMP_NTZ'2024-01-01 01:02:03' AS v UNION ALL SELECT struct(1 AS a)
SELECT CASE WHEN true THEN TIMESTAMP_NTZ'2024-01-01 01:02:03' ELSE map(1,2) END AS c
SELECT TIMESTAMP_NTZ'2024-01-01 01:02:03' AS v UNION ALL SELECT INTERVAL '1' YEAR
SELECT coalesce(1Y, CAST(1 AS DECIMAL(38,0)))
SELECT 1Y AS v UNION ALL SELECT array('a')
SELECT array(1Y, struct(1L AS b))
SELECT 1Y AS v UNION ALL SELECT X'41'
SELECT array(1Y, INTERVAL '1' HOUR)
SELECT 2S AS v UNION ALL SELECT array(1L)
SELECT greatest(2S, struct(1 AS a))
SELECT 2S AS v UNION ALL SELECT map('a', 2L)
SELECT CASE WHEN true THEN 2S ELSE INTERVAL '1' YEAR END AS c
SELECT CAST(1 AS DECIMAL(38,0)) AS v UNION ALL SELECT array(1L)
SELECT array(CAST(1 AS DECIMAL(38,0)), struct(1 AS a))
SELECT CAST(1 AS DECIMAL(38,0)) AS v UNION ALL SELECT map('a', 2L)
SELECT CASE WHEN true THEN CAST(1 AS DECIMAL(38,0)) ELSE INTERVAL '1' YEAR END AS c
SELECT CAST(1 AS DECIMAL(38,38)) AS v UNION ALL SELECT array('a')
SELECT array(CAST(1 AS DECIMAL(38,38)), struct(1L AS b))
SELECT CAST(1 AS DECIMAL(38,38)) AS v UNION ALL SELECT X'41'
SELECT CASE WHEN true THEN CAST(1 AS DECIMAL(38,38)) ELSE INTERVAL '1' HOUR END AS c
SELECT array(1) AS v UNION ALL SELECT struct(1 AS a)
SELECT array(array(1), map(1,2))
SELECT array(1) AS v UNION ALL SELECT INTERVAL '1' YEAR
SELECT array(array(1L), array(NULL))
SELECT array(1L) AS v UNION ALL SELECT map(1,2)
SELECT array(1L) = INTERVAL 1 DAY
SELECT array('a') AS v UNION ALL SELECT struct(1 AS a)
SELECT array('a') = map(1,2)
SELECT array('a') AS v UNION ALL SELECT INTERVAL '1' YEAR
SELECT array(NULL) = struct(1L AS b)
SELECT array(NULL) AS v UNION ALL SELECT X'41'
SELECT array(array(NULL), INTERVAL '1' HOUR)
SELECT struct(1 AS a) AS v UNION ALL SELECT map('a', 2L)
SELECT greatest(struct(1 AS a), INTERVAL '1' YEAR)
SELECT struct(1L AS b) AS v UNION ALL SELECT map('a', 2L)
SELECT array(struct(1L AS b), INTERVAL '1' YEAR)
SELECT named_struct('a', 1.5) AS v UNION ALL SELECT X'41'
SELECT array(named_struct('a', 1.5), INTERVAL '1' HOUR)
SELECT map(1,2) AS v UNION ALL SELECT INTERVAL '1' HOUR
SELECT coalesce(map('a', 2L), INTERVAL '1' YEAR)
SELECT X'41' AS v UNION ALL SELECT INTERVAL '1' HOUR
SELECT coalesce(INTERVAL '1' YEAR, INTERVAL '1' HOUR)
SELECT 1, 2 UNION SELECT 3
VALUES (1, 2) UNION VALUES (1, 2)
SELECT 1, 2 INTERSECT SELECT 3
VALUES (1, 2) INTERSECT VALUES (1, 2)
SELECT 1, 2 EXCEPT SELECT 3
VALUES (1, 2) EXCEPT VALUES (1, 2)
SELECT 1, 2 UNION ALL SELECT 3
VALUES (1, 2) UNION ALL VALUES (1, 2)
SELECT 1, 2 INTERSECT ALL SELECT 3
VALUES (1, 2) INTERSECT ALL VALUES (1, 2)
SELECT 1, 2 EXCEPT ALL SELECT 3
VALUES (1, 2) EXCEPT ALL VALUES (1, 2)
SELECT 1, 2 MINUS SELECT 3
VALUES (1, 2) MINUS VALUES (1, 2)
