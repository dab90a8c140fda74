/** The part of the talk, and the paper, that claims on constraints cite. */
export const talk = 'Predict and constrain: labels y with f(y) = c, learned end to end'
export const paper =
  'Brukhim, Globerson (2018), Predict and constrain: modeling cardinality in deep structured prediction, ICML, arXiv 1802.04721'
