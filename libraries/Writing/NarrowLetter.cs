namespace Loa.Writing;

/// <summary>The letter of a keyboard that a letter of full width stands for, as East Asian programs write them: "Ａ" → "A".</summary>
public static class NarrowLetter
{
    const char First = '\uFF01';
    const char Last = '\uFF5E';

    public static char Of(char letter) => letter is >= First and <= Last ? (char)(letter - First + '!') : letter;
}
