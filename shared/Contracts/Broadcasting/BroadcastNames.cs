namespace Loa.Contracts.Broadcasting;

/// <summary>What others call a broadcast where a case is named by its procedure.</summary>
public static class BroadcastNames
{
    public const string Procedure = "broadcast";
}
