namespace Loa.Ui;

/// <summary>What tells the fields of one form from those of another on the same page, also when a part of the page is drawn alone.</summary>
public sealed record FormName(string Text)
{
    /// <summary>Of the address to which the form posts.</summary>
    public static FormName Of(string url) =>
        new(string.Concat(url.Trim('/').Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : '-')));
}
