namespace Loa.Speaker.Updating;

/// <summary>A package that was signed but cannot be used here; the reason goes to whoever ordered it.</summary>
sealed class PackageFaultException(string reason) : Exception(reason)
{
    /// <summary>Not a gzip-compressed tar of plain files, or without what its kind must have.</summary>
    public const string Format = "package.format";

    /// <summary>More files or bytes than a package may have.</summary>
    public const string Size = "package.size";

    public string Reason => Message;
}
