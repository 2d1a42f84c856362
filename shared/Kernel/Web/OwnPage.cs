using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>The address of a page of this server, fit for a header: a link must not lead from here to somebody else's.</summary>
public static class OwnPage
{
    /// <summary>The page that the text names; the first page when it names none of ours.</summary>
    public static string Of(string? text) => text is not null && IsOurs(text) ? ForHeader(text) : "/";

    /// <summary>A browser leaves out control characters and blanks, and takes \ for /: none of that may make two slashes of one.</summary>
    static bool IsOurs(string text) =>
        text is ['/', ..]
        && text is not ['/', '/' or '\\', ..]
        && !text.Contains('\\', StringComparison.Ordinal)
        && !text.Any(char.IsControl);

    internal static string ForHeader(string address)
    {
        if (address.All(sign => sign is > ' ' and < '\u007F'))
            return address;
        var ascii = new StringBuilder(address.Length * 3);
        foreach (var sign in Encoding.UTF8.GetBytes(address))
            if (sign is > (byte)' ' and < 0x7F)
                ascii.Append((char)sign);
            else
                ascii.Append(CultureInfo.InvariantCulture, $"%{sign:X2}");
        return ascii.ToString();
    }
}
