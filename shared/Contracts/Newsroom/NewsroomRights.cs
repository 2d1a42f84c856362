namespace Loa.Contracts.Newsroom;

/// <summary>The rights that the newsroom asks for.</summary>
public static class NewsroomRights
{
    public const string SeeBulletins = "bulletins.see";
    public const string WriteBulletins = "bulletins.write";
    public const string ApproveBulletins = "bulletins.approve";
}
