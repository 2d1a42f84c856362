namespace Loa.Contracts.Retention;

/// <summary>Where old things go before they are deleted: files that the ledger names by what they hold.</summary>
public interface IArchives
{
    /// <summary>
    /// Writes the lines into a file and names it in the ledger. When this returns, and not before, what the lines say may be deleted.
    /// The same lines are kept once.
    /// </summary>
    /// <param name="before">All of it is older.</param>
    /// <returns>How many lines there were; for none nothing is kept.</returns>
    Task<int> Keep(string kind, DateTimeOffset before, IAsyncEnumerable<string> lines, CancellationToken cancel);

    /// <summary>The lines of all files of a kind, in the order in which they were kept.</summary>
    IAsyncEnumerable<string> Read(string kind, CancellationToken cancel);
}
