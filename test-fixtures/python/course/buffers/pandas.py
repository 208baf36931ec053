# installed: pandas 3.1.1
import numpy as np
import pandas as pd

frame = pd.DataFrame({'A': np.random.rand(1000), 'B': np.random.rand(1000)})
column = frame['A'].values
column[0] = 999  # error: [pandas-values] "assignment destination is read-only"
result = np.sqrt(frame['A'] ** 2 + frame['B'] ** 2)
smaller = frame.copy()
smaller['A'] = smaller['A'].astype(np.float32)
