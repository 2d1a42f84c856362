namespace Loa.Contracts.Retention;

/// <summary>The rights that Retention asks for.</summary>
public static class RetentionRights
{
    public const string See = "retention.see";

    /// <summary>Makes the rules; only over the whole tree, for what is kept is kept for all.</summary>
    public const string Manage = "retention.manage";
}
