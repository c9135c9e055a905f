/** The names that programs of cross-modal hashing give to what they save. */
export const CODE_NAMES = {
  query: { image: 'q_img', text: 'q_txt', labels: 'q_l' },
  database: { image: 'r_img', text: 'r_txt', labels: 'r_l' },
} as const;
