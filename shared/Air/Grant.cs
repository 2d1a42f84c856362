using Loa.Jose;

namespace Loa.Air;

/// <summary>A delegation whose root signature was checked once, with the key it speaks of.</summary>
sealed record Grant(Signed<Delegation> Signed, PublicKey Key)
{
    public Delegation Delegation => Signed.Document;
}
