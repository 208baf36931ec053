// Property tests draw the same cases every time; PROPERTY_SEED draws others.
import fc from 'fast-check';

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env.PROPERTY_SEED ?? 20261123),
});
