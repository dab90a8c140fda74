/** The mark of a page on which something is moved by hand: a point with arrows four ways. */
export function Hand() {
  return (
    <span class="mark" aria-hidden="true">
      <svg viewBox="0 0 14 14">
        <circle class="fill" cx="7" cy="7" r="1.6" />
        <path
          class="line"
          d="M7 3.6V1M5.8 2.2 7 1l1.2 1.2M7 10.4V13M5.8 11.8 7 13l1.2-1.2M3.6 7H1M2.2 5.8 1 7l1.2 1.2M10.4 7H13M11.8 5.8 13 7l-1.2 1.2"
        />
      </svg>
    </span>
  )
}
