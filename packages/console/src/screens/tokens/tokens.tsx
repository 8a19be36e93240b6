import { Screen } from '../../parts/screen.js';

export default function Tokens() {
  return <Screen title="Tokens">{null}</Screen>;
}
