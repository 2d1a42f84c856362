namespace Loa.Bench.Runs;

/// <summary>The client ids of a crowd, as long as those of speakers.</summary>
public static class Names
{
    public static string Of(int index) => $"01900000-0000-7000-8000-{index:d12}";
}
