namespace Loa.Cases;

/// <summary>Signs heads with the server's key and knows such signatures again.</summary>
public interface ILedgerSigner
{
    string Sign(ReadOnlySpan<byte> payload);

    /// <summary>Opens the book of keys that this server ever had by the root's leave, and the one it has.</summary>
    Task<ILedgerKeys> Keys(CancellationToken cancel);
}

/// <summary>The keys whose signature on a head counts.</summary>
public interface ILedgerKeys
{
    bool Signed(string jws, ReadOnlySpan<byte> payload);
}
