using System.Text;

namespace Loa.Kernel;

/// <summary>The text of a table as spreadsheets save it: UTF-8 with or without its mark, or UTF-16 with it ("Unicode text").</summary>
public static class CsvText
{
    public static string Decode(byte[] bytes)
    {
        try
        {
            var (encoding, mark) = EncodingOf(bytes);
            var text = encoding.GetString(bytes.AsSpan(mark));
            // UTF-16 without its mark, or no text at all.
            if (text.Contains('\0', StringComparison.Ordinal))
                throw new InvalidException("file", "utf-8");
            return text;
        }
        catch (DecoderFallbackException)
        {
            // Saved by a spreadsheet in an old code page: names would be garbled for ever.
            throw new InvalidException("file", "utf-8");
        }
    }

    static (Encoding Encoding, int Mark) EncodingOf(byte[] bytes) =>
        bytes switch
        {
            [0xFF, 0xFE, ..] => (
                new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
                2
            ),
            [0xFE, 0xFF, ..] => (
                new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
                2
            ),
            [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, throwOnInvalidBytes: true), 3),
            _ => (new UTF8Encoding(false, throwOnInvalidBytes: true), 0),
        };
}
