/** By the name of its page in docs/ideas. */
export const ideas = {
  'lazy-evaluation': 'Lazy evaluation',
  partitions: 'Partitions',
  shuffle: 'Shuffle',
  broadcast: 'Broadcast join',
  'push-down': 'Push-down',
  caching: 'Caching',
} as const;
