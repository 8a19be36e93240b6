import { Screen } from '../../parts/screen.js';

export default function Administration() {
  return <Screen title="Administration">{null}</Screen>;
}
