// How loud one horn is (§8): shares of full scale.
const FLOOR = 0.7;

export function share({ class: kind, volume, hour, horn, own }) {
  if (kind !== "emergency") return (own !== undefined ? own / 100 : (volume / 100) * (hour / 100)) * (horn / 100);
  const whole = Math.max((own ?? volume) / 100, FLOOR);
  return Math.max(whole * (horn / 100), FLOOR);
}
