/** Vite gives a file as text when its address ends like this (https://vite.dev/guide/assets#importing-asset-as-string). */
declare module '*?raw' {
  const text: string;
  export default text;
}
