"""Calls every case of the fixture files named on the command line and prints as JSON what each of them raised."""
import contextlib
import importlib.metadata
import inspect
import io
import json
import os
import runpy
import sys
import tempfile
import traceback
import warnings

warnings.simplefilter('ignore')


def run(path):
    names = runpy.run_path(path)
    cases = {}
    for name, case in names.items():
        if name.startswith('_') or not inspect.isfunction(case):
            continue
        if case.__code__.co_filename != path or inspect.signature(case).parameters:
            continue
        cases[name] = outcome(path, case)
    return cases


def outcome(path, case):
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            case()
    except Exception as error:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == path and frame.name == case.__name__
        ]
        kind = type(error)
        name = kind.__name__ if kind.__module__ == 'builtins' else f'{kind.__module__}.{kind.__name__}'
        return {'line': frames[-1].lineno, 'type': name, 'message': str(error)}
    return None


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


if __name__ == '__main__':
    folder, *files = sys.argv[1:]
    # Cases may write files; none of them into the repository.
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        results = {file: run(os.path.join(folder, file)) for file in files}
        os.chdir(folder)
    print(json.dumps({
        'python': '%d.%d' % sys.version_info[:2],
        'packages': {name: version(name) for name in ('numpy', 'pandas', 'pillow')},
        'results': results,
    }))
