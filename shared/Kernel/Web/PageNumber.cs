namespace Loa.Kernel;

/// <summary>The page of a list that somebody asks for, whatever number he says: from the first to one that no list has.</summary>
public static class PageNumber
{
    const int Last = 100_000;

    public static int Of(int? asked) => Math.Clamp(asked ?? 1, 1, Last);
}
