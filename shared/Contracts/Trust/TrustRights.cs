namespace Loa.Contracts.Trust;

/// <summary>The rights that Trust asks for.</summary>
public static class TrustRights
{
    public const string ManageTrust = "trust.manage";
    public const string HoldKey = "keys.hold";
}
